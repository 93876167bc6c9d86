"""What a criminal judgment alone has: defendants, custody, past sentences, this sentence, circumstances."""
