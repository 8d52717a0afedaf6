/** TODO */
package org.reluctor.opencl;
