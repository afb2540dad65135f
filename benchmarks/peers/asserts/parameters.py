assert n_parameters() == 703
