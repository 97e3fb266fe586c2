"""Creates servers at a simulator with many connections at once, until it is gone.

usage: load.py PREFIX CONNECTIONS. The account is that of SERVERPILOT_API_URL, SERVERPILOT_CLIENT_ID and
SERVERPILOT_API_KEY. Prints a line for each reply that has arrived whole: the id of the server and that of its action.
"""
import base64, http.client, json, os, sys, threading
from urllib.parse import urlsplit

url = urlsplit(os.environ["SERVERPILOT_API_URL"])
key = os.environ["SERVERPILOT_CLIENT_ID"] + ":" + os.environ["SERVERPILOT_API_KEY"]
headers = {"Authorization": "Basic " + base64.b64encode(key.encode()).decode(), "Content-Type": "application/json"}
lock = threading.Lock()


def create(connection_number):
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=20)
    try:
        for number in range(100_000):
            name = f"{sys.argv[1]}-{connection_number}-{number}"
            connection.request("POST", url.path + "/servers", json.dumps({"name": name}), headers)
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise SystemExit(f"status {response.status}: {body}")
            reply = json.loads(body)
            with lock:
                print(reply["data"]["id"], reply["actionid"], flush=True)
    except (OSError, http.client.HTTPException):
        pass  # It was killed: what was not answered may be there or not.


threads = [threading.Thread(target=create, args=(number,)) for number in range(int(sys.argv[2]))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
