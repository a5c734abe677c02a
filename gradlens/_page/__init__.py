"""The page that shows views without JupyterLab: one file, written or served."""
