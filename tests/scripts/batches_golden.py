#!/usr/bin/env python3
"""Writes tests/golden/batches.json: the results of training in small batches with PyTorch.

Seven rows are trained on for ten epochs with the optimizers of tests/golden/mlp.json and
every batch size from 1 to one more than there are rows, in the order of the rows and
shuffled anew every epoch. torch.utils.data.DataLoader makes the batches. It is given the
shuffled orders, which tests compare with Backstep's own.

    python3 tests/scripts/batches_golden.py > tests/golden/batches.json
"""
import json

import torch
from torch.utils.data import DataLoader, TensorDataset

torch.set_default_dtype(torch.float64)
ROWS, EPOCHS, SEED = 7, 10, 5

# The optimizers in PyTorch and as settings of a session; the last one decays the weights
# alone, and not the biases.
OPTIMIZERS = [
    (lambda p: torch.optim.SGD(p, lr=0.1),
     {"optimizer": "sgd", "learning_rate": 0.1}),
    (lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9),
     {"optimizer": "momentum", "learning_rate": 0.02}),
    (lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True),
     {"optimizer": "nesterov", "learning_rate": 0.02}),
    (lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.1),
     {"optimizer": "sgd", "learning_rate": 0.1, "weight_decay": 0.1}),
    (lambda p: torch.optim.RMSprop(p, lr=0.01),
     {"optimizer": "rmsprop", "learning_rate": 0.01}),
    (lambda p: torch.optim.Adagrad(p, lr=0.05),
     {"optimizer": "adagrad", "learning_rate": 0.05}),
    (lambda p: torch.optim.Adam(p, lr=0.05),
     {"optimizer": "adam", "learning_rate": 0.05}),
    (lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.01),
     {"optimizer": "adamw", "learning_rate": 0.05, "weight_decay": 0.01}),
    (lambda p: torch.optim.SGD(p, lr=0.1),
     {"optimizer": "sgd", "learning_rate": 0.1, "clip_norm": 0.05}),
    (lambda p: torch.optim.SGD(p, lr=0.1),
     {"optimizer": "sgd", "learning_rate": 0.1, "clip_value": 0.01}),
    (lambda p: torch.optim.AdamW([{"params": p[0::2]}, {"params": p[1::2], "weight_decay": 0}],
                                 lr=0.05, weight_decay=0.1),
     {"optimizer": "adamw", "learning_rate": 0.05, "weight_decay": 0.1, "weights_only": True}),
]


def shuffled(epoch):
    """Fisher and Yates' shuffle with the numbers of SplitMix64, as batches are dealt here."""
    order, state = list(range(ROWS)), SEED * 0x9E3779B97F4A7C15 + epoch
    for last in range(ROWS - 1, 0, -1):
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        bits = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        bits = (bits ^ bits >> 27) * 0x94D049BB133111EB % 2**64
        bits ^= bits >> 31
        at = int((bits >> 11) * 2.0**-53 * (last + 1))
        order[last], order[at] = order[at], order[last]
    return order


torch.manual_seed(1)
X, Y = torch.randn(ROWS, 2), torch.randn(ROWS, 1)
INITIAL = [0.5 * torch.randn(*shape) for shape in ((2, 3), (1, 3), (3, 1), (1, 1))]
ORDERS = [shuffled(epoch) for epoch in range(EPOCHS)]


def clip(parameters, training):
    if "clip_norm" in training:
        torch.nn.utils.clip_grad_norm_(parameters, training["clip_norm"])
    if "clip_value" in training:
        torch.nn.utils.clip_grad_value_(parameters, training["clip_value"])


def trained(make, training, batch_size, shuffle, drop_last):
    """The parameters after ten epochs."""
    W1, b1, W2, b2 = parameters = [tensor.clone().requires_grad_() for tensor in INITIAL]
    optimizer = make(parameters)
    for order in ORDERS:
        batches = DataLoader(TensorDataset(X, Y), batch_size, sampler=order if shuffle else None,
                             drop_last=drop_last)
        for x, y in batches:
            optimizer.zero_grad()
            loss = ((torch.tanh(x @ W1 + b1) @ W2 + b2 - y)**2).mean()
            loss.backward()
            clip(parameters, training)
            optimizer.step()
    return [parameter.tolist() for parameter in parameters]


runs = []
for make, training in OPTIMIZERS:
    for batch_size in range(1, ROWS + 2):
        for shuffle in (False, True):
            for drop_last in (False, True):
                if drop_last and (batch_size > ROWS or ROWS % batch_size == 0 or shuffle):
                    continue  # no full batch, or no smaller last one, or a repetition
                settings = {**training, "batch_size": batch_size}
                settings.update({"shuffle": True, "seed": SEED} if shuffle else {})
                settings.update({"drop_last": True} if drop_last else {})
                runs.append({"training": settings,
                             "parameters": trained(make, training, batch_size, shuffle, drop_last)})

print('{"generator": "PyTorch %s, float64", "epochs": %d,' % (torch.__version__, EPOCHS))
print(' "x": %s,\n "y": %s,' % (X.tolist(), Y.tolist()))
print(' "initial": %s,' % [tensor.tolist() for tensor in INITIAL])
print(' "orders": %s,' % ORDERS)
print(' "runs": [\n  %s\n ]}' % ",\n  ".join(json.dumps(run) for run in runs))
