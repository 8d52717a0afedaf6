/**
 * The way of a frame through memory: {@link org.reluctor.stream.pipeline.Intake} (filled by the client library's
 * thread), engine thread (decode, judge, recover), {@link org.reluctor.stream.pipeline.Transfer}, egress thread
 * (encode, publish, acknowledge). Slots are made once and go round; each object belongs to one thread at a time, and
 * what two threads share says so. A third thread of ours, control, keeps the sensors' broker connected and announces
 * the status.
 */
package org.reluctor.stream.pipeline;
