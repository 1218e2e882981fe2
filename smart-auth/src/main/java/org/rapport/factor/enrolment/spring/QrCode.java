package org.rapport.factor.enrolment.spring;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;

/**
 * A QR code as a drawing of unit squares.
 *
 * @param size of the drawing on each side, in squares, with the white margin
 * @param path of the dark squares, as the attribute {@code d} of an SVG path
 */
record QrCode(int size, String path) {

    /**
     * @throws IllegalStateException when the text is too long
     */
    static QrCode of(String text) {
        try {
            var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0);
            var path = new StringBuilder();
            for (int y = 0; y < matrix.getHeight(); y++) {
                for (int x = 0; x < matrix.getWidth(); x++) {
                    if (matrix.get(x, y)) {
                        path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                    }
                }
            }
            return new QrCode(matrix.getWidth(), path.toString());
        } catch (WriterException e) {
            throw new IllegalStateException("This text is too long for a QR code.", e);
        }
    }
}
