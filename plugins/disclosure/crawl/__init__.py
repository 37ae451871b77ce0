"""From sites to stored bytes: site files, robots.txt, list pages, reports. Every request is written down."""
