"""What the pages on several variables share: their inputs, their linked pictures, their panels."""
