"""Writes sessions of the deep circle network into the working folder, with Playground's data
and starting weights from tests/golden/playground: one for each activation and each remedy."""
import csv
import json
import sys

golden = sys.argv[1]


def rows(name):
    with open(f"{golden}/deep_sigmoid_{name}.csv") as file:
        return list(csv.reader(file))[1:]


def split(wanted):
    chosen = [[float(cell) for cell in row[1:]] for row in rows("data") if row[0] == wanted]
    return {"x": [row[:2] for row in chosen], "y": [row[2:] for row in chosen]}


def parameters(scale):
    layers = {}
    for layer, _, bias, *weights in rows("w0"):
        neurons = layers.setdefault(layer, ([], []))
        neurons[0].append([scale * float(weight) for weight in weights])
        neurons[1].append(float(bias))
    values = {}
    for layer, (incoming, biases) in layers.items():
        values["W" + layer] = [list(column) for column in zip(*incoming)]
        values["b" + layer] = [biases]
    return values


def write(name, scale=1, **network):
    session = {
        "backstep": 1,
        "network": {"layers": [8] * 6, "activation": "sigmoid", "output": "tanh",
                    "loss": "half_mse", **network},
        "parameters": parameters(scale),
        "data": {"train": split("train"), "test": split("test")},
        "training": {"optimizer": "sgd", "learning_rate": 0.03, "batch_size": 10},
    }
    with open(name + ".json", "w") as file:
        json.dump(session, file)


write("sigmoid")
write("tanh", activation="tanh")
write("relu", activation="relu")
write("batch_norm", batch_norm=True)
write("skip_connections", skip_connections=True)
write("weights_times_four", scale=4)
