"""The pages: blueprints, forms, live output, and the border to the browser."""
