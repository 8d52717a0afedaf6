// What compilers from OpenCL C to hardware want to be told, empty for others. Kernels of the pipeline form are single
// work-items with loops of fixed length: such a compiler starts a turn of a loop every clock or few.
//
// INDEPENDENT   before a loop: no turn reads what another writes, though all is in one arena.
// PIPELINED     before an innermost loop: a turn begins every clock.
// UNROLL        before a loop: all turns at once, side by side.
// LATENCY       turns after which a sum may be added to again. The registers of a sum are shifted on every turn, so that
//               an adder of so many stages can take a new summand every clock.

#define LATENCY 8

#if defined(INTELFPGA_CL)
#define INDEPENDENT _Pragma("ivdep")
#define PIPELINED
#define UNROLL _Pragma("unroll")
#elif defined(__xilinx__)
#define INDEPENDENT
#define PIPELINED __attribute__((xcl_pipeline_loop(1)))
#define UNROLL __attribute__((opencl_unroll_hint))
#else
#define INDEPENDENT
#define PIPELINED
#define UNROLL
#endif
