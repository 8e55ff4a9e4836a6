# The first example, number by number
x1 = input(0.5)
x2 = input(0.8)
y  = target(1.0)

layer("hidden")
W11 = param(0.4)
W12 = param(0.6)
b1  = param(0.1)
p1  = x1 * W11
p2  = x2 * W12
s1  = p1 + p2
z1  = s1 + b1
a1  = sigmoid(z1)

layer("output")
W2 = param(0.9)
b2 = param(0.1)
p3 = a1 * W2
z2 = p3 + b2
yhat = sigmoid(z2)

# The loss, half the squared error, in steps
d  = yhat - y
sq = d**2
L  = 0.5 * sq
