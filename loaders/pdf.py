def read_pdf(data: bytes, name: str): 
    raise NotImplementedError
