"""error: has a library start processes"""

import multiprocessing


def area(radius):
    with multiprocessing.get_context("fork").Pool(4) as pool:
        return pool.map(abs, [radius])[0]
