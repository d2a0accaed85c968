"""Signs what schemathesis sends, so that it gets behind the vendor's signature, and writes down what was answered.

The key stays with the test that starts it: what is to be signed goes there, over a socket.
"""

import itertools
import os
import socket

import schemathesis
from requests.auth import AuthBase


ADDRESSES = itertools.count(1)


class Signed(AuthBase):
    """A signature of its own for each request, over what is really sent."""

    def __call__(self, request):
        body = request.body or b""
        if isinstance(body, str):
            body = body.encode()
        with socket.create_connection(("127.0.0.1", int(os.environ["HANDRAIL_SIGNER"]))) as way:
            way.sendall(f"{request.method}\n{request.path_url}\n".encode() + body)
            way.shutdown(socket.SHUT_WR)
            with way.makefile() as answer:
                request.headers["Authorization"] = f"Handrail {answer.read()}"
        return request


schemathesis.auth.set_from_requests(Signed())


@schemathesis.hook
def before_call(context, case, **kwargs):
    # Everyone of its own address, those too that are sent without this signature to see what comes: how often one may ask
    # is not what is looked at here.
    case.headers = {**(case.headers or {}), "CF-Connecting-IP": f"2001:db8::{next(ADDRESSES):x}"}


@schemathesis.hook
def after_call(context, case, response):
    with open(os.environ["HANDRAIL_ANSWERED"], "a", encoding="utf-8") as answered:
        answered.write(f"{case.operation.label} {response.status_code}\n")
