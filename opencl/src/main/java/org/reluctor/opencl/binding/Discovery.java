package org.reluctor.opencl.binding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.reluctor.opencl.OpenClException;

/** Platforms and devices, and what they say of themselves. */
public final class Discovery {
    /** JOCL's CL_DEVICE_TYPE_ALL is -1L, which some drivers refuse: the specification has 32 bits. */
    private static final long DEVICE_TYPE_ALL = 0xFFFFFFFFL;
    private static final int CL_PLATFORM_NOT_FOUND_KHR = -1001;

    private Discovery() {
    }

    /** All platforms; none where no OpenCL loader or no driver is installed. */
    public static List<Handle> platforms() {
        NativeLibrary.load();
        int[] count = new int[1];
        int status = platformCount(count);
        if (status == CL_PLATFORM_NOT_FOUND_KHR) {
            return List.of();
        }
        // The count tells nothing where the call failed: a loader that fails is not one that finds no driver.
        Status.check(status, "clGetPlatformIDs");
        if (count[0] == 0) {
            return List.of();
        }
        cl_platform_id[] ids = new cl_platform_id[count[0]];
        Status.check(CL.clGetPlatformIDs(ids.length, ids, null), "clGetPlatformIDs");
        List<Handle> handles = new ArrayList<>();
        for (cl_platform_id id : ids) {
            handles.add(new Handle(id));
        }
        return handles;
    }

    private static int platformCount(int[] count) {
        try {
            return CL.clGetPlatformIDs(0, null, count);
        } catch (UnsupportedOperationException e) {
            // JOCL opens libOpenCL.so itself; where it is absent its functions are missing, too.
            return CL_PLATFORM_NOT_FOUND_KHR;
        }
    }

    /** The devices of a platform; none where the platform has none. The count is undefined after a failure. */
    public static List<Handle> devices(Handle platform) {
        cl_platform_id id = platform.as(cl_platform_id.class);
        int[] count = new int[1];
        int status = CL.clGetDeviceIDs(id, DEVICE_TYPE_ALL, 0, null, count);
        if (status == CL.CL_DEVICE_NOT_FOUND) {
            return List.of();
        }
        Status.check(status, "clGetDeviceIDs");
        cl_device_id[] ids = new cl_device_id[count[0]];
        Status.check(CL.clGetDeviceIDs(id, DEVICE_TYPE_ALL, ids.length, ids, null), "clGetDeviceIDs");
        List<Handle> handles = new ArrayList<>();
        for (cl_device_id device : ids) {
            handles.add(new Handle(device));
        }
        return handles;
    }

    public static String platformName(Handle platform) {
        return platformString(platform, CL.CL_PLATFORM_NAME);
    }

    public static String deviceName(Handle device) {
        return deviceString(device, CL.CL_DEVICE_NAME);
    }

    public static String deviceVendor(Handle device) {
        return deviceString(device, CL.CL_DEVICE_VENDOR);
    }

    public static String deviceVersion(Handle device) {
        return deviceString(device, CL.CL_DEVICE_VERSION);
    }

    public static String driverVersion(Handle device) {
        return deviceString(device, CL.CL_DRIVER_VERSION);
    }

    public static boolean isGpu(Handle device) {
        return (deviceNumber(device, CL.CL_DEVICE_TYPE) & CL.CL_DEVICE_TYPE_GPU) != 0;
    }

    public static boolean isAccelerator(Handle device) {
        return (deviceNumber(device, CL.CL_DEVICE_TYPE) & CL.CL_DEVICE_TYPE_ACCELERATOR) != 0;
    }

    public static boolean hasCompiler(Handle device) {
        return deviceNumber(device, CL.CL_DEVICE_COMPILER_AVAILABLE) != 0;
    }

    public static int computeUnits(Handle device) {
        return (int) deviceNumber(device, CL.CL_DEVICE_MAX_COMPUTE_UNITS);
    }

    public static long globalMemoryBytes(Handle device) {
        return deviceNumber(device, CL.CL_DEVICE_GLOBAL_MEM_SIZE);
    }

    public static long maxBufferBytes(Handle device) {
        return deviceNumber(device, CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE);
    }

    public static long localMemoryBytes(Handle device) {
        return deviceNumber(device, CL.CL_DEVICE_LOCAL_MEM_SIZE);
    }

    /** Work-items of one work-group, of a kernel that asks for little. */
    public static int maxWorkGroupItems(Handle device) {
        return (int) Math.min(Integer.MAX_VALUE, deviceNumber(device, CL.CL_DEVICE_MAX_WORK_GROUP_SIZE));
    }

    /**
     * Whether kernels and the host may use the same memory at the same time, atomics included (OpenCL 2.0, section
     * 5.6.1); false on devices of older versions, which do not know the question.
     */
    public static boolean sharesMemory(Handle device) {
        long[] capabilities = new long[1];
        int status = CL.clGetDeviceInfo(device.as(cl_device_id.class), CL.CL_DEVICE_SVM_CAPABILITIES, Long.BYTES,
                Pointer.to(capabilities), null);
        long wanted = CL.CL_DEVICE_SVM_FINE_GRAIN_BUFFER | CL.CL_DEVICE_SVM_ATOMICS;
        return status == CL.CL_SUCCESS && (capabilities[0] & wanted) == wanted;
    }

    private static String platformString(Handle platform, int key) {
        cl_platform_id id = platform.as(cl_platform_id.class);
        long[] size = new long[1];
        Status.check(CL.clGetPlatformInfo(id, key, 0, null, size), "clGetPlatformInfo");
        byte[] bytes = new byte[(int) size[0]];
        Status.check(CL.clGetPlatformInfo(id, key, bytes.length, Pointer.to(bytes), null), "clGetPlatformInfo");
        return text(bytes);
    }

    private static String deviceString(Handle device, int key) {
        cl_device_id id = device.as(cl_device_id.class);
        long[] size = new long[1];
        Status.check(CL.clGetDeviceInfo(id, key, 0, null, size), "clGetDeviceInfo");
        byte[] bytes = new byte[(int) size[0]];
        Status.check(CL.clGetDeviceInfo(id, key, bytes.length, Pointer.to(bytes), null), "clGetDeviceInfo");
        return text(bytes);
    }

    /** A cl_uint, cl_bool, cl_ulong or size_t: the driver writes 4 or 8 bytes into 8 zeroed ones. */
    private static long deviceNumber(Handle device, int key) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        long[] written = new long[1];
        Status.check(CL.clGetDeviceInfo(device.as(cl_device_id.class), key, Long.BYTES, Pointer.to(bytes), written),
                "clGetDeviceInfo");
        if (written[0] != Integer.BYTES && written[0] != Long.BYTES) {
            throw new OpenClException(OpenClException.NO_STATUS, "clGetDeviceInfo wrote " + written[0] + " bytes");
        }
        return written[0] == Integer.BYTES ? Integer.toUnsignedLong(bytes.getInt(0)) : bytes.getLong(0);
    }

    private static String text(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8).trim();
    }
}
