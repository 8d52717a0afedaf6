/** Training's arithmetic on an OpenCL device. */
package org.reluctor.learn.device;
