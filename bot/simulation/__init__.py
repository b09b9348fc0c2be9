"""A phone in the browser and a door for scripts, on demo data only. All but the last metre is the product."""
