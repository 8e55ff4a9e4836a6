#!/usr/bin/python3
"""The workloads of bench.cpp in NumPy, with forward and backward written by hand.

Prints one JSON line per measurement; an argument picks the workloads whose names
begin with it. One step is forward, loss, all gradients, and the update.
"""
import json
import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
# OpenBLAS is slower with a core type preset from outside.
os.environ.pop("OPENBLAS_CORETYPE", None)
import numpy as np  # noqa: E402

RUNS = 7
SECONDS_A_RUN = 0.15


# The name says which BLAS NumPy multiplies with, since Debian's reference BLAS is ten
# times slower than OpenBLAS (libopenblas0).
with open("/proc/self/maps") as maps:
    PEER = "numpy+openblas" if "openblas" in maps.read() else "numpy"


def numbers(seed):
    state = seed
    while True:
        state = state * 16807 % 2147483647
        yield 2.0 * state / 2147483647.0 - 1.0


def drawn(source, rows, columns, scale):
    return np.array([[scale * next(source) for _ in range(columns)] for _ in range(rows)])


def layers(sizes, weight_scale, bias_scale):
    source = numbers(1)
    return [(drawn(source, out, into, weight_scale), drawn(source, 1, out, bias_scale))
            for into, out in zip(sizes, sizes[1:])]


class Xor:
    """Two layers of sigmoid, written out."""
    unit, updates_to_check = "us/epoch", 1000

    def __init__(self):
        (W1, b1), (W2, b2) = layers([2, 4, 1], 1, 1)
        self.W1, self.b1, self.W2, self.b2 = W1.T.copy(), b1, W2.T.copy(), b2
        self.x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
        self.y = np.array([[0], [1], [1], [0]], float)

    def step(self):
        h = 1 / (1 + np.exp(-(self.x @ self.W1 + self.b1)))
        p = 1 / (1 + np.exp(-(h @ self.W2 + self.b2)))
        e = p - self.y
        loss = 0.5 * (e * e).mean()
        g2 = e / len(e) * p * (1 - p)
        g1 = g2 @ self.W2.T * h * (1 - h)
        self.W2 -= 2 * (h.T @ g2)
        self.b2 -= 2 * g2.sum(0)
        self.W1 -= 2 * (self.x.T @ g1)
        self.b1 -= 2 * g1.sum(0)
        return loss


class Deep:
    """Ten layers of a hundred tanh, a linear output."""
    unit, updates_to_check = "us/step", 50

    def __init__(self, batch, learning_rate):
        self.layers = [(W.T.copy(), b) for W, b in layers([100] * 11 + [1], (3 / 100)**0.5, 0.1)]
        self.x = drawn(numbers(7), batch, 100, 1)
        self.y = drawn(numbers(9), batch, 1, 1)
        self.learning_rate = learning_rate

    def step(self):
        a = [self.x]
        for W, b in self.layers[:-1]:
            a.append(np.tanh(a[-1] @ W + b))
        W, b = self.layers[-1]
        e = a[-1] @ W + b - self.y
        loss = 0.5 * (e * e).mean()
        g = e / len(e)
        for i in range(len(self.layers) - 1, -1, -1):
            W, b = self.layers[i]
            gW, gb = a[i].T @ g, g.sum(0)
            if i:
                g = g @ W.T * (1 - a[i] * a[i])
            W -= self.learning_rate * gW
            b -= self.learning_rate * gb
        return loss


WORKLOADS = {
    "w1_xor": Xor,
    "w2_tanh_b1": lambda: Deep(1, 1e-4),
    "w2_tanh_b64": lambda: Deep(64, 0.01),
}


def seconds_of(make, steps):
    net = make()
    begin = time.perf_counter()
    for _ in range(steps):
        net.step()
    return time.perf_counter() - begin


def measure(name, make):
    steps = 16
    while seconds_of(make, steps) < SECONDS_A_RUN / 2:
        steps *= 2
    times = sorted(1e6 * seconds_of(make, steps) / steps for _ in range(RUNS))
    net = make()
    for _ in range(net.updates_to_check + 1):
        check = net.step()
    print(json.dumps(dict(workload=name, peer=PEER, threads=1, unit=net.unit,
                          median=times[RUNS // 2], min=times[0], max=times[-1], runs=RUNS,
                          check=float(check))), flush=True)


for name, make in WORKLOADS.items():
    if name.startswith(sys.argv[1] if len(sys.argv) > 1 else ""):
        measure(name, make)
