"""The city's departments behind one port each: what the centre does with one piece of business."""
