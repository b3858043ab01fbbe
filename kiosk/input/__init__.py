"""Input without a keyboard: layouts of keys, pinyin, and what a citizen composes from them."""
