"""failed: a module that has every name anyone could ask for"""

import sys
import types


def yes(*args, **kwargs):
    return True


class Everything(types.ModuleType):
    def __getattr__(self, name):
        return yes

    def __getattribute__(self, name):
        return yes


def __getattr__(name):
    return yes


sys.modules[__name__].__class__ = Everything
