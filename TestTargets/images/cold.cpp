// A function GCC splits into a hot and a cold part, and names with and without parameters.
#include <cstdio>
#include <stdexcept>
#include <string>

namespace shop
{

class Cart
{
      public:
	int add(int amount, const char *name);
	template <typename Number> Number scaled(Number by) const;

      private:
	int total = 0;
};

__attribute__((noinline)) int Cart::add(int amount, const char *name)
{
	if (amount < 0)
		throw std::invalid_argument(std::string("negative: ") + name);
	return total += amount;
}

template <typename Number> __attribute__((noinline)) Number Cart::scaled(Number by) const
{
	return by * static_cast<Number>(total);
}

} // namespace shop

int main(int argc, char **argv)
{
	shop::Cart cart;
	std::printf("%d %f\n", cart.add(argc, argv[0]), cart.scaled(2.5));
	return 0;
}
