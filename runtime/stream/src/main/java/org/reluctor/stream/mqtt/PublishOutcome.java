package org.reluctor.stream.mqtt;

import java.util.concurrent.Semaphore;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;

/** Gives the place in the window back and passes the PUBACK's reason code on: the library calls a refusal a success. */
final class PublishOutcome implements MqttActionListener {
    private final PublishReceipt receipt;
    private final Semaphore window;

    PublishOutcome(PublishReceipt receipt, Semaphore window) {
        this.receipt = receipt;
        this.window = window;
    }

    @Override
    public void onSuccess(IMqttToken token) {
        window.release();
        int[] codes = token.getReasonCodes();
        receipt.settled(codes == null || codes.length == 0 ? ReasonCode.SUCCESS : codes[0]);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
        window.release();
        receipt.settled(PublishReceipt.LOST);
    }
}
