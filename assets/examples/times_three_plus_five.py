# Times three, plus five
x = input(2.0)
three = 3
five = 5

a = x * three
z = a + five
