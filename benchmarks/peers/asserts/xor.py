network = xor_network()
for a in (0, 1):
    for b in (0, 1):
        known = {"A": a, "B": b}
        for name, neuron in network["neurons"].items():
            active = sum(known[source] for source in neuron["excite"])
            known[name] = int(active >= 2 and not any(known[s] for s in neuron.get("inhibit", [])))
        assert known[network["output"]] == a ^ b
