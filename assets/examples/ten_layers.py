# Ten layers of sigmoid
# Look at the gradient norms: the first layer hardly learns.
x = input([[0.2, 0.9, 0.4], [0.8, 0.1, 0.6]])
y = target([[0.0], [1.0]])

layer("layer 1")
W1 = param(3, 3, init="xavier", seed=1)
b1 = param(1, 3, init="zeros")
a1 = sigmoid(x @ W1 + b1)

layer("layer 2")
W2 = param(3, 3, init="xavier", seed=2)
b2 = param(1, 3, init="zeros")
a2 = sigmoid(a1 @ W2 + b2)

layer("layer 3")
W3 = param(3, 3, init="xavier", seed=3)
b3 = param(1, 3, init="zeros")
a3 = sigmoid(a2 @ W3 + b3)

layer("layer 4")
W4 = param(3, 3, init="xavier", seed=4)
b4 = param(1, 3, init="zeros")
a4 = sigmoid(a3 @ W4 + b4)

layer("layer 5")
W5 = param(3, 3, init="xavier", seed=5)
b5 = param(1, 3, init="zeros")
a5 = sigmoid(a4 @ W5 + b5)

layer("layer 6")
W6 = param(3, 3, init="xavier", seed=6)
b6 = param(1, 3, init="zeros")
a6 = sigmoid(a5 @ W6 + b6)

layer("layer 7")
W7 = param(3, 3, init="xavier", seed=7)
b7 = param(1, 3, init="zeros")
a7 = sigmoid(a6 @ W7 + b7)

layer("layer 8")
W8 = param(3, 3, init="xavier", seed=8)
b8 = param(1, 3, init="zeros")
a8 = sigmoid(a7 @ W8 + b8)

layer("layer 9")
W9 = param(3, 3, init="xavier", seed=9)
b9 = param(1, 3, init="zeros")
a9 = sigmoid(a8 @ W9 + b9)

layer("layer 10")
W10 = param(3, 1, init="xavier", seed=10)
b10 = param(1, 1, init="zeros")
a10 = sigmoid(a9 @ W10 + b10)

L = half_mse(a10, y)
