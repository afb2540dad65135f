"""todo: `f` is not defined yet."""
