"""How every screen of the hall looks: colours, fonts, sizes, the window and the widgets built from them."""
