def emit(model):
    return {}
