//! Every act of the product, each checked against who is asking.
