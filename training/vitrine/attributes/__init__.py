"""The multi-task attribute network: data, training, evaluation and export."""
