# One weight and a squared error
x = input(2.0)
y = target(4.0)
w = param(0.5)

p = w * x
e = y - p
L = e**2
