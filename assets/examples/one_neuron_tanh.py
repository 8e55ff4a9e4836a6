# One neuron with tanh
x = input(1.0)
w = param(-2.0)
b = param(3.0)

p = w * x
z = p + b
a = tanh(z)
