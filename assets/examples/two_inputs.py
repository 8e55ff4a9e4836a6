x  = input([[0.5, 0.8]])
y  = target([[1.0]])

layer("hidden")
W1 = param([[0.4], [0.6]])
b1 = param([[0.1]])
z1 = x @ W1 + b1
a1 = sigmoid(z1)

layer("output")
W2 = param([[0.9]])
b2 = param([[0.1]])
z2 = a1 @ W2 + b2
p  = sigmoid(z2)
L  = half_mse(p, y)
