"""知识库 (R38): closed cases found again by what they were about, beside the hub's loop and never across secrecy."""
