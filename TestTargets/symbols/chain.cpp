// The chain of chain.c in C++: a member function, a template and a namespace.
extern volatile int chain_sink;

namespace chain
{
struct Box {
	struct Scale {
		int factor;
	};
	Scale scale;
	inline __attribute__((always_inline)) void leaf(int number) const;
};

inline void Box::leaf(int number) const
{
	chain_sink = number * scale.factor;
	__asm__ volatile(".globl chain_point\nchain_point: nop"); // => leaf
}

template <typename Number> inline __attribute__((always_inline)) void mid(Number number)
{
	Box box{{2}};
	box.leaf(number + 1); // => mid
}
} // namespace chain

extern "C" __attribute__((noinline)) void outer(int number)
{
	chain_sink = chain_sink + 1;
	chain::mid(number + 2); // => outer
	chain_sink = chain_sink + 1;
}
