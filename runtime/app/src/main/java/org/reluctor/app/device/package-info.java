/** The OpenCL device as commands open it, with messages for people. */
package org.reluctor.app.device;
