from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clues", "0003_saved_views_move")]

    operations = [migrations.DeleteModel(name="SavedView")]
