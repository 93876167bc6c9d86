"""Settings, urls, base templates and the design system of the desk."""
