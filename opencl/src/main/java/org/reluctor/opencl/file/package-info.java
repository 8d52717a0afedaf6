/** Files as this module writes and checks them: whole or not at all, and by their SHA-256. */
package org.reluctor.opencl.file;
