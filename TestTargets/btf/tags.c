// Loads a BPF object with the types of a kernel, by libbpf, and prints a loaded program's name and
// tag a line: tags CORE-TYPES OBJECT. The tag is a hash of the instructions as relocated.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int print_warnings(enum libbpf_print_level level, const char *format, va_list arguments)
{
	return level == LIBBPF_WARN ? vfprintf(stderr, format, arguments) : 0;
}

static int print_tag(struct bpf_program *program)
{
	struct bpf_prog_info information = {};
	__u32 size = sizeof(information);

	if (bpf_obj_get_info_by_fd(bpf_program__fd(program), &information, &size))
		return -errno;
	printf("%s ", bpf_program__name(program));
	for (unsigned i = 0; i < sizeof(information.tag); i++)
		printf("%02x", information.tag[i]);
	printf("\n");
	return 0;
}

int main(int count, char **arguments)
{
	LIBBPF_OPTS(bpf_object_open_opts, options);
	struct bpf_object *object;
	struct bpf_program *program;

	if (count != 3)
		return 64;
	libbpf_set_print(print_warnings);
	options.btf_custom_path = arguments[1];
	object = bpf_object__open_file(arguments[2], &options);
	if (!object || bpf_object__load(object)) {
		fprintf(stderr, "cannot load %s: %s\n", arguments[2], strerror(errno));
		return 1;
	}
	bpf_object__for_each_program(program, object)
	{
		if (bpf_program__autoload(program) && print_tag(program))
			return 1;
	}
	bpf_object__close(object);
	return 0;
}
