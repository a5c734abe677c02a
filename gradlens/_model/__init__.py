"""The file that the browser opens: found, written, recognized, and sent by the kernel."""
