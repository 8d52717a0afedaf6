/** The stream's port {@link org.reluctor.stream.Recovery}, carried out by networks on an OpenCL device. */
package org.reluctor.app.recovery;
