package org.reluctor.demo;

import java.nio.file.Path;

/**
 * What the command line says.
 *
 * @param seconds how long the sensor sends
 * @param rate    frames a second
 * @param broker  address of the broker to use; null for one in this process
 * @param port    of the page; 0 for any free one
 * @param model   network file
 * @param device  auto, or part of a device's or platform's name
 */
record DemoOptions(int seconds, double rate, String broker, int port, Path model, String device) {
}
