// Marks functions that run on the host and, once compiled by nvcc, on the device.
#pragma once

#if defined(__CUDACC__)
#define SKYLINE_HD __host__ __device__
#else
#define SKYLINE_HD
#endif
