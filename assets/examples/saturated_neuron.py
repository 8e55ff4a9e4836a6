# A saturated neuron
x = input(3.0)
t = target(0.5)
w = param(2.0)
b = param(1.0)

p = w * x
z = p + b
a = tanh(z)   # 0.9999983: as good as 1
d = a - t
L = d**2
