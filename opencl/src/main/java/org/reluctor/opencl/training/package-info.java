/**
 * What training computes on a device beyond inference: products of two computed matrices, among them those that
 * convolutions and their derivatives are, over plain buffers. Plans say what will be launched and how much scratch
 * memory that takes; bound to buffers they are {@link org.reluctor.opencl.training.Launches}.
 */
package org.reluctor.opencl.training;
