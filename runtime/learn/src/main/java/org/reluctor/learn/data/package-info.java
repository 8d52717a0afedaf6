/** Recordings as files, and the windows of samples that training and evaluation take from them. */
package org.reluctor.learn.data;
