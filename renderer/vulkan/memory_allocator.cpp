// The one translation unit that holds the Vulkan Memory Allocator.
#include <volk.h>

#define VMA_IMPLEMENTATION
#include <vk_mem_alloc.h>
