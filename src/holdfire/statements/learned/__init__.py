"""The trained extractor: a token tagger run with onnxruntime. Needs the extra ``model``."""
