/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* What user space tells of processes and images, and how an address finds its rule in it. */
#ifndef UPROF_UNWIND_TABLES_H
#define UPROF_UNWIND_TABLES_H

/* key: process id. Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct uprof_process);
} processes SEC(".maps");

/* The executable mappings of all processes. Resized before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, ARRAY_FLAGS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct uprof_mapping);
} mappings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct uprof_image);
} unwind_images SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, ARRAY_FLAGS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct uprof_unwind_page);
} unwind_pages SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, ARRAY_FLAGS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct uprof_unwind_rule);
} unwind_rules SEC(".maps");

/* One value with all rows of a shard: no look-up is needed from one row to the next. */
struct unwind_shard {
	struct uprof_unwind_row rows[UPROF_ROWS_PER_SHARD];
};

/* Shards are made as they are needed, up to the limit that user space sets. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, UPROF_MAX_SHARDS);
	__type(key, __u32);
	__array(
	    values, struct {
		    __uint(type, BPF_MAP_TYPE_ARRAY);
		    __uint(map_flags, ARRAY_FLAGS);
		    __uint(max_entries, 1);
		    __uint(key_size, sizeof(__u32));
		    __uint(value_size, sizeof(struct unwind_shard));
	    });
} unwind_rows SEC(".maps");

/*
 * Steps that find one of so many entries: powers of two. Each takes room in a program, or time to
 * verify. A page can have 2,048 rows, which would be one for every other byte; a process 8,192
 * mappings with code, where programs have little room, else as many as the kernel allows (65,530).
 */
#ifdef UPROF_LEGACY
#define UPROF_MAPPING_STEPS	    13
#define UPROF_MAPPING_STEPS_AT_ONCE UPROF_MAPPING_STEPS
#define UPROF_ROW_STEPS		    12
#define UPROF_ROW_STEPS_AT_ONCE	    UPROF_ROW_STEPS
#else
#define UPROF_MAPPING_STEPS	    16
#define UPROF_MAPPING_STEPS_AT_ONCE 4
#define UPROF_ROW_STEPS		    12
#define UPROF_ROW_STEPS_AT_ONCE	    4
#endif

/* No row is before the address, so that nothing describes it. */
#define UPROF_NO_RULE ~0U

/*
 * Takes some steps towards the mapping that holds unwind->lookup. Returns whether there are more.
 *
 * The bounds of the search live in a map, since the verifier would follow every pair of them apart
 * if it knew their values. Functions that are not static (FUNCTION) are verified once, whatever
 * calls them; their arguments are numbers, as Linux before 5.12 demands.
 */
FUNCTION int narrow_mappings(__u64 owner)
{
	struct unwind *unwind = unwind_of(owner);
	struct uprof_mapping *mapping;
	__u32 index;

	if (!unwind)
		return 0;
	BOUNDED
	for (int i = 0; i < UPROF_MAPPING_STEPS_AT_ONCE; i++) {
		__u64 low = unwind->low, high = unwind->high;

		if (low >= high)
			return 0;
		index = (low + high) / 2;
		mapping = bpf_map_lookup_elem(&mappings, &index);
		if (!mapping)
			return 0;
		if (mapping->end <= unwind->lookup)
			unwind->low = index + 1;
		else
			unwind->high = index;
	}
	return 1;
}

/* Looks for the mapping that holds unwind->lookup. Returns whether it is there, in unwind->mapping.
 */
FUNCTION int find_mapping(__u64 owner)
{
	struct unwind *unwind = unwind_of(owner);
	struct uprof_mapping *mapping;
	__u32 index;

	if (!unwind)
		return 0;
	unwind->low = unwind->first_mapping;
	unwind->high = unwind->first_mapping + unwind->mapping_count;
	BOUNDED
	for (int i = 0; i < UPROF_MAPPING_STEPS; i += UPROF_MAPPING_STEPS_AT_ONCE) {
		if (!narrow_mappings(owner))
			break;
	}
	index = unwind->low;
	if (index - unwind->first_mapping >= unwind->mapping_count)
		return 0;
	mapping = bpf_map_lookup_elem(&mappings, &index);
	if (!mapping || mapping->start > unwind->lookup || mapping->end <= unwind->lookup)
		return 0;
	unwind->mapping = *mapping;
	return 1;
}

/* The rows of a shard, or null. */
static __always_inline struct unwind_shard *shard_at(__u32 number)
{
	void *rows = bpf_map_lookup_elem(&unwind_rows, &number);
	__u32 zero = 0;

	return rows ? bpf_map_lookup_elem(rows, &zero) : NULL;
}

/*
 * Takes some steps towards the first row behind unwind->offset. Returns whether there are more.
 */
static __always_inline int narrow_rows_of(struct unwind_shard *shard, struct unwind *unwind)
{
	BOUNDED
	for (int i = 0; i < UPROF_ROW_STEPS_AT_ONCE; i++) {
		__u64 low = unwind->low, high = unwind->high, middle;

		if (low >= high)
			return 0;
		middle = (low + high) / 2;
		if (shard->rows[middle & (UPROF_ROWS_PER_SHARD - 1)].address <= unwind->offset)
			unwind->low = middle + 1;
		else
			unwind->high = middle;
	}
	return 1;
}

#ifndef UPROF_LEGACY
/* The same in unwind->shard. */
FUNCTION int narrow_rows(__u64 owner)
{
	struct unwind *unwind = unwind_of(owner);
	struct unwind_shard *shard = unwind ? shard_at(unwind->shard) : NULL;

	return shard ? narrow_rows_of(shard, unwind) : 0;
}
#endif

/* Finds the first row behind unwind->offset, which is at unwind->low then. */
static __always_inline void find_row(struct unwind_shard *shard, struct unwind *unwind, __u64 owner)
{
#ifdef UPROF_LEGACY
	narrow_rows_of(shard, unwind);
#else
	BOUNDED
	for (int i = 0; i < UPROF_ROW_STEPS; i += UPROF_ROW_STEPS_AT_ONCE) {
		if (!narrow_rows(owner))
			break;
	}
#endif
}

/*
 * Looks for the rule at unwind->lookup, in the image of unwind->mapping. Returns the image's state;
 * if it is ready, the rule's number is in unwind->rule_number.
 */
FUNCTION int search_rule(__u64 owner)
{
	struct unwind *unwind = unwind_of(owner);
	struct uprof_unwind_page *page;
	struct uprof_image *image;
	struct unwind_shard *shard;
	__u64 address;
	__u32 number, first;

	if (!unwind)
		return UPROF_IMAGE_PENDING;
	number = unwind->mapping.image;
	image = bpf_map_lookup_elem(&unwind_images, &number);
	if (!image)
		return UPROF_IMAGE_NO_ROOM;
	if (image->state != UPROF_IMAGE_READY)
		return image->state;
	unwind->rule_number = UPROF_NO_RULE;
	address = unwind->lookup - unwind->mapping.bias;
	unwind->offset = address & ((1U << UPROF_PAGE_SHIFT) - 1);
	address >>= UPROF_PAGE_SHIFT;
	if (address - image->first_page >= image->page_count)
		return UPROF_IMAGE_READY;
	number = (__u32)address - image->first_page + image->first_entry;
	page = bpf_map_lookup_elem(&unwind_pages, &number);
	if (!page || page->row_count >= 1U << UPROF_ROW_STEPS)
		return UPROF_IMAGE_NO_ROOM;
	unwind->shard = page->first_row / UPROF_ROWS_PER_SHARD;
	shard = shard_at(unwind->shard);
	if (!shard)
		return UPROF_IMAGE_NO_ROOM;
	first = page->first_row % UPROF_ROWS_PER_SHARD;
	unwind->low = first;
	unwind->high = first + page->row_count;
	find_row(shard, unwind, owner);
	if (unwind->low < unwind->high)
		return UPROF_IMAGE_NO_ROOM;
	if (unwind->low == first)
		return UPROF_IMAGE_READY;
	unwind->rule_number = shard->rows[(unwind->low - 1) & (UPROF_ROWS_PER_SHARD - 1)].rule;
	/* Unless the table has been taken out meanwhile. */
	return *(volatile __u32 *)&image->state;
}

#endif /* UPROF_UNWIND_TABLES_H */
