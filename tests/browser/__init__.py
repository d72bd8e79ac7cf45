"""Tests in a real Chromium. A package, so that pytest ends the app and Chromium with the last of them."""
