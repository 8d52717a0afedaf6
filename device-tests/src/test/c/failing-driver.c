/*
 * An OpenCL driver that fails on command: PoCL, some of whose functions ask a control file first whether they are to
 * fail. The loader finds it as any other driver (an .icd file); it loads PoCL itself and puts its own functions into
 * PoCL's dispatch table, so that objects, results and versions are PoCL's own.
 *
 * FAILING_DRIVER_CONTROL  file of struct control, shared with the test, which writes what is to fail
 * FAILING_DRIVER_TARGET   PoCL's library; default: libpocl.so.2
 *
 * Every fault names contexts by their number, counted from 1 over all processes of one control file: "lost through 3"
 * means that the first three contexts are lost for ever and a fourth works, as with a device that was reset.
 */
#define _GNU_SOURCE
#define CL_TARGET_OPENCL_VERSION 300
#define CL_USE_DEPRECATED_OPENCL_1_2_APIS
#include <CL/cl_icd.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* As FailingDriver.java has it: 8 bytes each, in the machine's order. */
struct control {
    volatile int64_t contexts;       /* made so far; the driver counts */
    volatile int64_t launches;       /* of kernels so far; the driver counts */
    volatile int64_t refused;        /* calls that were made to fail; the driver counts */
    volatile int64_t lost_through;   /* contexts whose queues take nothing any more */
    volatile int64_t lost_status;    /* what those queues answer */
    volatile int64_t lost_after;     /* launches from which on that holds */
    volatile int64_t stuck_through;  /* contexts whose kernels do not end */
    volatile int64_t memory_through; /* contexts without memory for buffers */
    volatile int64_t build_through;  /* contexts for which nothing compiles */
    volatile int64_t away;           /* not 0: no context can be made */
    volatile int64_t launch_nanos;   /* that every launch takes longer */
};

#define MOST_OBJECTS 256

struct known {
    const void *object;
    int64_t context;
};

typedef void *(CL_API_CALL *extension_function)(const char *);
typedef cl_int(CL_API_CALL *platform_ids)(cl_uint, cl_platform_id *, cl_uint *);

static struct control *control;
static struct _cl_icd_dispatch real;
static platform_ids target_platforms;
static struct known objects[MOST_OBJECTS];
static int next_object;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Remembers of which context a context, queue or program is. */
static void remember(const void *object, int64_t context)
{
    pthread_mutex_lock(&lock);
    int place = -1;
    for (int i = 0; i < MOST_OBJECTS && place < 0; i++) {
        place = objects[i].object == object ? i : -1;
    }
    if (place < 0) {
        place = next_object;
        next_object = (next_object + 1) % MOST_OBJECTS;
    }
    objects[place].object = object;
    objects[place].context = context;
    pthread_mutex_unlock(&lock);
}

static int64_t context_of(const void *object)
{
    int64_t context = INT64_MAX;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < MOST_OBJECTS; i++) {
        if (objects[i].object == object) {
            context = objects[i].context;
        }
    }
    pthread_mutex_unlock(&lock);
    return context;
}

static cl_int refuse(cl_int status)
{
    __atomic_add_fetch(&control->refused, 1, __ATOMIC_SEQ_CST);
    return status;
}

static int is_lost(int64_t context)
{
    return context <= control->lost_through && control->launches >= control->lost_after;
}

static void pause_nanos(int64_t nanos)
{
    struct timespec time = {nanos / 1000000000, nanos % 1000000000};
    nanosleep(&time, NULL);
}

/* What a queue's call has to meet before it reaches PoCL; CL_SUCCESS where it may. */
static cl_int meet(cl_command_queue queue)
{
    int64_t context = context_of(queue);
    while (context <= control->stuck_through) {
        pause_nanos(1000000);
    }
    return is_lost(context) ? refuse((cl_int)control->lost_status) : CL_SUCCESS;
}

static cl_context CL_API_CALL create_context(const cl_context_properties *properties, cl_uint count,
        const cl_device_id *devices, void(CL_CALLBACK *notify)(const char *, const void *, size_t, void *), void *data,
        cl_int *status)
{
    if (control->away) {
        if (status != NULL) {
            *status = refuse(CL_DEVICE_NOT_AVAILABLE);
        }
        return NULL;
    }
    cl_context made = real.clCreateContext(properties, count, devices, notify, data, status);
    if (made != NULL) {
        remember(made, __atomic_add_fetch(&control->contexts, 1, __ATOMIC_SEQ_CST));
    }
    return made;
}

static cl_command_queue CL_API_CALL create_queue(cl_context context, cl_device_id device,
        cl_command_queue_properties properties, cl_int *status)
{
    cl_command_queue made = real.clCreateCommandQueue(context, device, properties, status);
    if (made != NULL) {
        remember(made, context_of(context));
    }
    return made;
}

static cl_mem CL_API_CALL create_buffer(cl_context context, cl_mem_flags flags, size_t size, void *host,
        cl_int *status)
{
    if (context_of(context) <= control->memory_through) {
        if (status != NULL) {
            *status = refuse(CL_MEM_OBJECT_ALLOCATION_FAILURE);
        }
        return NULL;
    }
    return real.clCreateBuffer(context, flags, size, host, status);
}

static void *CL_API_CALL svm_alloc(cl_context context, cl_svm_mem_flags flags, size_t size, cl_uint alignment)
{
    if (context_of(context) <= control->memory_through) {
        refuse(CL_MEM_OBJECT_ALLOCATION_FAILURE);
        return NULL;
    }
    return real.clSVMAlloc(context, flags, size, alignment);
}

static cl_program CL_API_CALL program_with_source(cl_context context, cl_uint count, const char **text,
        const size_t *lengths, cl_int *status)
{
    cl_program made = real.clCreateProgramWithSource(context, count, text, lengths, status);
    if (made != NULL) {
        remember(made, context_of(context));
    }
    return made;
}

static cl_program CL_API_CALL program_with_binary(cl_context context, cl_uint count, const cl_device_id *devices,
        const size_t *lengths, const unsigned char **binaries, cl_int *each, cl_int *status)
{
    cl_program made = real.clCreateProgramWithBinary(context, count, devices, lengths, binaries, each, status);
    if (made != NULL) {
        remember(made, context_of(context));
    }
    return made;
}

static cl_int CL_API_CALL build_program(cl_program program, cl_uint count, const cl_device_id *devices,
        const char *options, void(CL_CALLBACK *notify)(cl_program, void *), void *data)
{
    if (context_of(program) <= control->build_through) {
        return refuse(CL_BUILD_PROGRAM_FAILURE);
    }
    return real.clBuildProgram(program, count, devices, options, notify, data);
}

static cl_int CL_API_CALL enqueue_kernel(cl_command_queue queue, cl_kernel kernel, cl_uint dimensions,
        const size_t *offset, const size_t *global, const size_t *local, cl_uint waits, const cl_event *wait_for,
        cl_event *event)
{
    __atomic_add_fetch(&control->launches, 1, __ATOMIC_SEQ_CST);
    cl_int met = meet(queue);
    if (met != CL_SUCCESS) {
        return met;
    }
    if (control->launch_nanos > 0) {
        pause_nanos(control->launch_nanos);
    }
    return real.clEnqueueNDRangeKernel(queue, kernel, dimensions, offset, global, local, waits, wait_for, event);
}

static cl_int CL_API_CALL enqueue_read(cl_command_queue queue, cl_mem buffer, cl_bool blocking, size_t offset,
        size_t size, void *to, cl_uint waits, const cl_event *wait_for, cl_event *event)
{
    cl_int met = meet(queue);
    return met != CL_SUCCESS ? met
            : real.clEnqueueReadBuffer(queue, buffer, blocking, offset, size, to, waits, wait_for, event);
}

static cl_int CL_API_CALL enqueue_write(cl_command_queue queue, cl_mem buffer, cl_bool blocking, size_t offset,
        size_t size, const void *from, cl_uint waits, const cl_event *wait_for, cl_event *event)
{
    cl_int met = meet(queue);
    return met != CL_SUCCESS ? met
            : real.clEnqueueWriteBuffer(queue, buffer, blocking, offset, size, from, waits, wait_for, event);
}

static cl_int CL_API_CALL flush(cl_command_queue queue)
{
    cl_int met = meet(queue);
    return met != CL_SUCCESS ? met : real.clFlush(queue);
}

/* A device that is lost computes nothing any more, either: what was enqueued before ends, then the failure is told. */
static cl_int CL_API_CALL finish(cl_command_queue queue)
{
    cl_int met = meet(queue);
    cl_int finished = real.clFinish(queue);
    return met != CL_SUCCESS ? met : finished;
}

static void *library(void)
{
    const char *target = getenv("FAILING_DRIVER_TARGET");
    void *found = dlopen(target != NULL ? target : "libpocl.so.2", RTLD_NOW | RTLD_LOCAL);
    if (found == NULL) {
        fprintf(stderr, "failing-driver: %s\n", dlerror());
    }
    return found;
}

static struct control *open_control(void)
{
    const char *path = getenv("FAILING_DRIVER_CONTROL");
    int file = path == NULL ? -1 : open(path, O_RDWR);
    if (file < 0) {
        fprintf(stderr, "failing-driver: FAILING_DRIVER_CONTROL names no file\n");
        return NULL;
    }
    void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    return mapped == MAP_FAILED ? NULL : mapped;
}

/* The table may lie in memory that is only read after loading. */
static int make_writable(void *table)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = (uintptr_t)table & ~(page - 1);
    uintptr_t end = (uintptr_t)table + sizeof(real);
    return mprotect((void *)start, end - start, PROT_READ | PROT_WRITE) == 0;
}

static void put_ours(struct _cl_icd_dispatch *table)
{
    table->clCreateContext = create_context;
    table->clCreateCommandQueue = create_queue;
    table->clCreateBuffer = create_buffer;
    table->clSVMAlloc = svm_alloc;
    table->clCreateProgramWithSource = program_with_source;
    table->clCreateProgramWithBinary = program_with_binary;
    table->clBuildProgram = build_program;
    table->clEnqueueNDRangeKernel = enqueue_kernel;
    table->clEnqueueReadBuffer = enqueue_read;
    table->clEnqueueWriteBuffer = enqueue_write;
    table->clFlush = flush;
    table->clFinish = finish;
}

/* Every object of a driver begins with the address of its dispatch table; PoCL has one table for all. */
static void begin(void)
{
    void *pocl = library();
    struct control *shared = open_control();
    extension_function address = pocl == NULL ? NULL
            : (extension_function)dlsym(pocl, "clGetExtensionFunctionAddress");
    platform_ids platforms = address == NULL ? NULL : (platform_ids)address("clIcdGetPlatformIDsKHR");
    cl_platform_id platform = NULL;
    if (platforms == NULL || shared == NULL || platforms(1, &platform, NULL) != CL_SUCCESS) {
        return;
    }
    struct _cl_icd_dispatch *table = *(struct _cl_icd_dispatch **)platform;
    real = *table;
    control = shared;
    if (make_writable(table)) {
        put_ours(table);
        target_platforms = platforms;
    }
}

CL_API_ENTRY cl_int CL_API_CALL clIcdGetPlatformIDsKHR(cl_uint count, cl_platform_id *platforms, cl_uint *found)
{
    pthread_once(&once, begin);
    return target_platforms == NULL ? CL_PLATFORM_NOT_FOUND_KHR : target_platforms(count, platforms, found);
}

CL_API_ENTRY cl_int CL_API_CALL clGetPlatformInfo(cl_platform_id platform, cl_platform_info name, size_t size,
        void *value, size_t *needed)
{
    return real.clGetPlatformInfo(platform, name, size, value, needed);
}

CL_API_ENTRY void *CL_API_CALL clGetExtensionFunctionAddress(const char *name)
{
    if (strcmp(name, "clIcdGetPlatformIDsKHR") == 0) {
        return (void *)clIcdGetPlatformIDsKHR;
    }
    return strcmp(name, "clGetPlatformInfo") == 0 ? (void *)clGetPlatformInfo : NULL;
}
